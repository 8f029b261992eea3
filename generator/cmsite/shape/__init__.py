"""Turn values into values: choose, order, word, plan and render. No file, clock or chance here."""

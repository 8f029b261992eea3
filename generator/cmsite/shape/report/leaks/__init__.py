"""Prove that nothing an edition leaves out is in any byte of it: what is secret, and where it leaks.

`secrets_of` gathers what must not be told, each thing with tell-tales: words that stand in it and in
nothing that the edition says by right. `find_leaks` looks for them in files.
"""

from cmsite.shape.report.leaks.bare import bare_site
from cmsite.shape.report.leaks.find import Leak, Opened, find_leaks, opened
from cmsite.shape.report.leaks.inside import texts_in
from cmsite.shape.report.leaks.sayings import ties
from cmsite.shape.report.leaks.secrets import Secret, secrets_of

__all__ = ["Leak", "Opened", "Secret", "bare_site", "find_leaks", "opened", "secrets_of", "texts_in", "ties"]

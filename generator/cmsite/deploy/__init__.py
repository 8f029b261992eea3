"""Send the finished output to a branch, by git's plumbing, without a touch to the author's repository."""

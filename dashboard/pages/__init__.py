"""Pages: each reads like a description of itself: its head, then its rows of charts."""

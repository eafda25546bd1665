"""What people read: an analysis on a terminal, a rule as a page. Takes core types, prints nothing itself."""

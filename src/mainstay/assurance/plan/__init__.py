"""The integrated assurance and approval plan: reviews of all lines and approvals on one time line, and what is wrong with it."""

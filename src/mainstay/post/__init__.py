"""Messages to people outside: written down in the transaction that causes them, sent later, and never lost."""

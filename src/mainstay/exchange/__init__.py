"""Files in: which plan or register an incoming file belongs to, and taking it in whole or not at all."""

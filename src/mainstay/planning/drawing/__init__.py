"""The integrated plan as a picture: which rows, the scale, the SVG. Made on the server, by classes only: theme and print recolour it."""

"""What plans and risks together imply."""

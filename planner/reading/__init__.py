"""Text to plain values, with the place each value stood: what every reader shares."""

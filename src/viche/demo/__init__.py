"""The invented demonstration, and load data for benches. Nothing in it is a real person or programme."""

"""What is printed: sheets, covers, lists."""

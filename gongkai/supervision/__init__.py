"""What the supervision group is told: the rates of a period."""

"""Charts: draw functions and the Chart records. They colour and label; they never count."""

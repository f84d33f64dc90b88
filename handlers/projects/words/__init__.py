"""What a project's lead says to everybody in it, what they answer, and whether what it was for is there."""

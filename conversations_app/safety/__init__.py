"""What follows when somebody writes that they want to die, or threatens or insults another."""

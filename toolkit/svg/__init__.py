"""SVG icons: read them safely, say what is unsafe in them, and measure what they draw."""

"""What is kept between requests, and only because somebody asked for it."""

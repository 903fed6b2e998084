"""What member municipalities do on the portal: sign up, keep their page and their posts, and who does so for them."""

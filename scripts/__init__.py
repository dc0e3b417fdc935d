"""What writes the documents and checks the site made of them."""

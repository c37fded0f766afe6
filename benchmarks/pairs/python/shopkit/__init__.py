"""What the shop needs every day: text, money, dates, lists, figures, caches, orders."""

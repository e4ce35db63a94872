"""How is a site installed, kept and handed over?"""

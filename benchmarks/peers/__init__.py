"""Others' ways of carrying the same case: twenty durable steps, nine of them a party's guarded answer.

Each is a function that is given an empty folder and gives a function that carries one case, by its number.
"""

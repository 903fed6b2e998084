"""人事異動: who follows whom at a ward, on which day, and what nobody would be left to do.

A post names who held it before. From its first day on, what its predecessor was busy with goes to whoever holds it.
"""

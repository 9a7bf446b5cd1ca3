"""What leaves the office for a funder: figures, protection, the attack, the pack, the register."""

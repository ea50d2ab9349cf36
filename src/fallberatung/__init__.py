"""The doorstep of the house: who may see cleartext, and who may import whom: docs/house.md."""

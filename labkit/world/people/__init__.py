"""The people of the province: who they are, where they live, with whom. Companies come later."""

from labkit.world.block import Domain
from labkit.world.people.circles import circles
from labkit.world.people.employers import employers
from labkit.world.people.persons import people
from labkit.world.people.places import cities
from labkit.world.people.relations import relations

DOMAIN = Domain("people", once=(cities,), per_block=(people, employers, circles, relations))

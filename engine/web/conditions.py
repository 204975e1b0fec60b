"""What the filters of an address ask of the gateway: the door of the pages to it."""

from engine.exchange.conditions import conditions_of as conditions_of

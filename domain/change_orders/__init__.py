"""Change orders: what one side proposes to change of an order, and the other accepts or declines."""

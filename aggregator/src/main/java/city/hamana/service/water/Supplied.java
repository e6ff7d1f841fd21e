package city.hamana.service.water;

/** An open contract and the meter that is in. */
record Supplied(String contract, String meter, String district, boolean electronic) {}

bool even(int number);

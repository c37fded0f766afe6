#pragma once

int cage(int number);
int sum(const int* numbers, int count);
int lost(int number);
void open_to(int number);

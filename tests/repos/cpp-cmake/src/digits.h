#pragma once

int digits(unsigned number);

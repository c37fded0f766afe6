set -e
mkdir -p out
${CXX:-g++} -Wall -c parity.cpp -o out/parity.o
${CXX:-g++} -Wall parity_test.cpp out/parity.o -o out/parity_test

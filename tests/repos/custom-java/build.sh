set -e
mkdir -p out/main out/test
javac -Xlint:all -d out/main $(find src -name '*.java')
javac -cp "out/main:/deps/lib/*" -d out/test $(find test -name '*.java')

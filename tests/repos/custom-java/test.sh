cd out
java -Drange.unit=cm -jar /deps/lib/junit-platform-console-standalone-1.10.2.jar execute \
    --class-path main:test --scan-class-path --exclude-tag slow \
    --reports-dir reports --details none

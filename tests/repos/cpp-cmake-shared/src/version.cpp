int version() {
    return 1;
}

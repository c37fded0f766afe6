package codeaug.resident;

/** A value of a kind that cannot be taken apart and built again. */
final class NoCopy extends Exception {
    private static final long serialVersionUID = 1L;

    NoCopy(String what) {
        super(what);
    }
}

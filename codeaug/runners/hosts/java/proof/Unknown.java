package codeaug.proof;

/** The proof does not go on, and why. */
final class Unknown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unknown(String why) {
        super(why, null, false, false); // no stack trace: it is an answer, and there are many
    }
}

package codeaug.resident;

/** Why the resident way could not be right here. */
final class Cold extends Exception {
    private static final long serialVersionUID = 1L;

    Cold(String why) {
        super(why);
    }
}

package codeaug.proof;

/** The prover's word on one pair. Not proved means unknown: never that the two differ. */
public final class Proof {
    public final boolean proved;
    /** `identical` or `lock-step`, the weakest that was needed; empty when not proved. */
    public final String method;
    /** Why it is unknown, or what was proved. */
    public final String detail;

    private Proof(boolean proved, String method, String detail) {
        this.proved = proved;
        this.method = method;
        this.detail = detail;
    }

    static Proof of(String method, String detail) {
        return new Proof(true, method, detail);
    }

    static Proof unknown(String why) {
        return new Proof(false, "", why);
    }
}

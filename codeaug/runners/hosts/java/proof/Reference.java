package codeaug.proof;

import java.util.Objects;

/** A method of the file whose name the compiler made up: a lambda's body or an accessor. */
final class Reference {
    final String owner;
    final String name;
    final String descriptor;

    Reference(String owner, String name, String descriptor) {
        this.owner = owner;
        this.name = name;
        this.descriptor = descriptor;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Reference && toString().equals(other.toString());
    }

    @Override
    public int hashCode() {
        return Objects.hash(owner, name, descriptor);
    }

    @Override
    public String toString() {
        return owner + "." + name + descriptor;
    }
}

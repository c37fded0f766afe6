/* Numbers and texts of the recorded arguments: others are made of them. */
#define DONORS 64
#define LONGEST_DONOR 60

static long long donor_numbers[DONORS];
static struct { unsigned long size; char text[LONGEST_DONOR]; } donor_texts[DONORS];
static unsigned numbers_given, texts_given;

static void give_number(const char *word) {
    char *end;
    long long value = strtoll(word, &end, 10);
    if (*end != '\t' && *end) return;
    for (unsigned i = 0; i < numbers_given; i++) {
        if (donor_numbers[i] == value) return;
    }
    if (numbers_given < DONORS) donor_numbers[numbers_given++] = value;
}

/* A text as it is described: in quotes, with three octal digits for what is not plain. */
static void give_text(const char *word) {
    unsigned long size = 0;
    char *text = donor_texts[texts_given % DONORS].text;
    for (word++; *word && *word != '"'; word++) {
        if (size == LONGEST_DONOR) return;
        if (*word == '\\' && word[1] && word[2] && word[3]) {
            text[size++] = (char)((word[1] - '0') * 64 + (word[2] - '0') * 8 + word[3] - '0');
            word += 3;
        } else {
            text[size++] = *word;
        }
    }
    for (unsigned i = 0; i < texts_given; i++) {
        if (donor_texts[i].size == size && !memcmp(donor_texts[i].text, text, size)) return;
    }
    donor_texts[texts_given % DONORS].size = size;
    if (texts_given + 1 < DONORS) texts_given++;
}

/* From the words that describe arguments. */
static void give(const char *words) {
    for (const char *at = strchr(words, '\t'); at; at = strchr(at + 1, '\t')) {
        if (at[1] == '"') give_text(at + 1);
        else if (at[1] == '-' || (at[1] >= '0' && at[1] <= '9')) give_number(at + 1);
    }
}

long long codeaug_donor_number(unsigned long long which) {
    return numbers_given ? donor_numbers[(which >> 8) % numbers_given] : 0;
}

const char *codeaug_donor_text(unsigned long long which, unsigned long *size) {
    if (!texts_given) return "";
    unsigned at = (unsigned)((which >> 8) % texts_given);
    *size = donor_texts[at].size;
    return donor_texts[at].text;
}

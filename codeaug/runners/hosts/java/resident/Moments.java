package codeaug.resident;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;

/** Other dates and times. */
final class Moments {
    private static final List<Class<?>> KNOWN = Arrays.asList(LocalDate.class, LocalTime.class, LocalDateTime.class,
        Instant.class, YearMonth.class, ZonedDateTime.class, Duration.class, Period.class);
    private static final ChronoUnit[] UNITS = {ChronoUnit.NANOS, ChronoUnit.SECONDS, ChronoUnit.MINUTES,
        ChronoUnit.HOURS, ChronoUnit.DAYS, ChronoUnit.WEEKS, ChronoUnit.MONTHS, ChronoUnit.YEARS, ChronoUnit.CENTURIES};
    private static final int[][] ENDS = {{2024, 2, 29}, {2023, 2, 28}, {1900, 2, 28}, {2000, 2, 29}, {2023, 12, 31},
        {2024, 1, 1}, {1970, 1, 1}, {1969, 12, 31}, {2024, 3, 31}, {2021, 1, 3}};

    private static final Object[] FARTHEST = {LocalDate.MAX, LocalDate.MIN, LocalTime.MAX, LocalTime.MIN,
        LocalDateTime.MAX, LocalDateTime.MIN, Instant.MAX, Instant.MIN};

    private Moments() {}

    /** The ends of time that are called so, as in `LocalDate.MAX`. */
    static List<Object> named(Collection<String> names) {
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < FARTHEST.length; i++) {
            String name = FARTHEST[i].getClass().getSimpleName() + (i % 2 == 0 ? ".MAX" : ".MIN");
            if (names.contains(name)) {
                all.add(FARTHEST[i]);
            }
        }
        return all;
    }

    static boolean is(Object value) {
        return value != null && KNOWN.contains(value.getClass());
    }

    /** One more and one less of each unit; ends of months and years. */
    static List<Object> others(Object value) {
        List<Object> all = new ArrayList<>();
        for (ChronoUnit unit : UNITS) {
            add(all, value, 1, unit);
            add(all, value, -1, unit);
        }
        for (int[] end : ENDS) {
            set(all, value, end);
        }
        if (value instanceof Duration) {
            all.addAll(Arrays.asList(Duration.ZERO, ((Duration) value).negated()));
        } else if (value instanceof Period) {
            all.addAll(Arrays.asList(Period.ZERO, ((Period) value).negated()));
        }
        return all;
    }

    static Object other(Object value, Random chance) {
        List<Object> all = new ArrayList<>();
        add(all, value, chance.nextInt(121) - 60, UNITS[chance.nextInt(UNITS.length)]);
        return all.isEmpty() ? value : all.get(0);
    }

    private static void add(List<Object> all, Object value, long count, ChronoUnit unit) {
        try {
            if (value instanceof Duration) {
                all.add(((Duration) value).plus(count, unit));
            } else if (value instanceof Period) {
                all.add(((Period) value).plus(unit == ChronoUnit.DAYS ? Period.ofDays((int) count)
                    : unit == ChronoUnit.MONTHS ? Period.ofMonths((int) count) : Period.ofYears((int) count)));
            } else if (((Temporal) value).isSupported(unit)) {
                all.add(((Temporal) value).plus(count, unit));
            }
        } catch (DateTimeException | ArithmeticException e) {
            return; // there is no such one
        }
    }

    private static void set(List<Object> all, Object value, int[] end) {
        if (value instanceof Temporal && ((Temporal) value).isSupported(ChronoField.MONTH_OF_YEAR)) {
            Temporal made = ((Temporal) value).with(ChronoField.YEAR, end[0]).with(ChronoField.MONTH_OF_YEAR, end[1]);
            all.add(made.isSupported(ChronoField.DAY_OF_MONTH) ? made.with(ChronoField.DAY_OF_MONTH, end[2]) : made);
        }
    }
}

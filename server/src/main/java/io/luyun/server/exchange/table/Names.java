package io.luyun.server.exchange.table;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names that numbers stand for. Immutable. */
final class Names {
    private final Map<Integer, String> byNumber;

    private Names(final Map<Integer, String> byNumber) {
        this.byNumber = Map.copyOf(byNumber);
    }

    /** Those of the schema, without what all of them begin with: RED for LIGHT_RED. */
    static Names of(final EnumDescriptor type) {
        final int common = common(
                type.getValues().stream().map(EnumValueDescriptor::getName).toList());
        final Map<Integer, String> names = new HashMap<>();
        for (final EnumValueDescriptor value : type.getValues()) {
            names.putIfAbsent(value.getNumber(), value.getName().substring(common));
        }
        return new Names(names);
    }

    /** Those of constants by their place. */
    static Names of(final Enum<?>[] constants) {
        final Map<Integer, String> names = new HashMap<>();
        Arrays.stream(constants).forEach(constant -> names.put(constant.ordinal(), constant.name()));
        return new Names(names);
    }

    /** Length of the words that all of them begin with. */
    private static int common(final List<String> names) {
        final String first = names.getFirst();
        int end = first.lastIndexOf('_') + 1;
        while (end > 0) {
            final String words = first.substring(0, end);
            if (names.stream().allMatch(name -> name.startsWith(words))) {
                return end;
            }
            end = first.lastIndexOf('_', end - 2) + 1;
        }
        return 0;
    }

    /** The name; of a number that has none, its digits. */
    String of(final long number) {
        final String name = byNumber.get((int) number);
        return name == null ? Long.toString(number) : name;
    }

    /** All of them in the order of their numbers. */
    List<String> all() {
        return byNumber.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }
}

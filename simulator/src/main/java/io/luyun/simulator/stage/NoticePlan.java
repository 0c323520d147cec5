package io.luyun.simulator.stage;

import java.util.List;

/** An event or sign as a scenario has it. */
record NoticePlan(
        boolean sign,
        int code,
        String text,
        List<Formula> at,
        Formula radius,
        List<List<Formula>> path,
        Formula from,
        Formula to,
        String unit) {}

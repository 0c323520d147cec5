package io.luyun.simulator.score;

import io.luyun.simulator.stage.NoiseLevels;
import java.nio.file.Path;

/**
 * What a bench does.
 *
 * @param directory where servers keep their files; a directory for each batch
 * @param variants scenes of each application
 * @param seed seed of the first scene; the others count up
 * @param scenario name of the only scenario, or empty for all
 * @param noise how wrong messages are
 * @param streams devices and roadside units that play at once
 * @param cleanHours vehicle-hours of clean traffic besides, 0 for none
 * @param settings further lines of the servers' configuration
 */
public record ScorePlan(
        Path directory,
        int variants,
        long seed,
        String scenario,
        NoiseLevels noise,
        int streams,
        double cleanHours,
        String settings) {}

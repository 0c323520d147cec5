// OpenLayers comes as one classic script, which index.html loads and main.js waits for; this gives its parts to modules. One file of
// 237 kB is there sooner than its 150 modules, each with a request of its own.
export const {Feature, Map, View, control, geom, interaction, layer, proj, source, style} = globalThis.ol;

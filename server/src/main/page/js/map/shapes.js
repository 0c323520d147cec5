// Shapes of road users, each about 2 wide and high around the origin, pointing up. Shape tells the class, fill tells who
// drives: filled with a dot is automated, filled is manual, in two halves is not known; a dashed outline is only seen by a unit.

const CLASSES = [
  [60, 69, 'emergency'], [50, 59, 'bus'], [25, 39, 'truck'], [40, 49, 'motorcycle'], [20, 24, 'van'], [10, 19, 'car'],
];
const TYPES = {2: 'cycle', 3: 'person'};

/** What a participant is drawn as. */
export function shapeOf({type, vehicleClass, obstacle}) {
  if (obstacle) {
    return 'obstacle';
  }
  const found = CLASSES.find(([from, to]) => vehicleClass >= from && vehicleClass <= to);
  return TYPES[type] ?? found?.[2] ?? 'car';
}

const PATHS = {
  car: [[0, -1], [0.78, 0.9], [0, 0.55], [-0.78, 0.9]],
  van: [[0, -1], [0.68, -0.35], [0.68, 0.9], [-0.68, 0.9], [-0.68, -0.35]],
  truck: [[0, -1.3], [0.62, -0.7], [0.62, 1.2], [-0.62, 1.2], [-0.62, -0.7]],
  bus: [[0, -1.45], [0.7, -0.95], [0.7, 1.35], [0, 1.1], [-0.7, 1.35], [-0.7, -0.95]],
  emergency: [[0, -1.15], [0.78, 0.1], [0.5, 0.95], [-0.5, 0.95], [-0.78, 0.1]],
  motorcycle: [[0, -1.1], [0.38, 0.9], [-0.38, 0.9]],
  cycle: [[0, -0.9], [0.42, 0], [0, 0.9], [-0.42, 0]],
  obstacle: [[-0.7, -0.7], [0.7, 0.7], [0, 0], [0.7, -0.7], [-0.7, 0.7], [0, 0]],
};

/** Traces the shape at the origin of the context; size is half its length in pixels. */
export function trace(context, shape, size) {
  context.beginPath();
  if (shape === 'person') {
    context.arc(0, 0, size * 0.68, 0, Math.PI * 2);
    return;
  }
  PATHS[shape].forEach(([x, y], i) => context[i ? 'lineTo' : 'moveTo'](x * size, y * size));
  context.closePath();
}

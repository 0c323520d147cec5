/**
 * Drawings in SVG and text in markup, without a script and with nothing from outside. Pure.
 *
 * <pre>
 *   numbers ─▶ Plot (Axis, SvgLine) ─▶ &lt;svg&gt; inside a page
 *   text of anybody ─▶ Markup ─▶ the same text, which can open no tag
 * </pre>
 *
 * Colours are classes that the page defines, so that it can be light, dark or on paper.
 */
@NullMarked
package io.luyun.simulator.picture;

import org.jspecify.annotations.NullMarked;

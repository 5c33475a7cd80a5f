/** Wire names, and the bytes behind them: the one place where a class meets its name. */
@NullMarked
package boutique.language.codec;

import org.jspecify.annotations.NullMarked;

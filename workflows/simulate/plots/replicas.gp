# One curve per replica. Terminal and fonts are fixed, so that the same numbers give the same file.
set encoding utf8
set terminal svg size 900,540 enhanced font 'sans-serif,14' linewidth 1.4 background rgb 'white'
set output 'plot.svg'
set title '@Title@'
set xlabel '@X@'
set ylabel '@Y@'
set key outside right top
set grid linecolor rgb '#dddddd'
labels = '@Labels@'
plot for [i=1:words(labels)] sprintf('replica-%d.xvg', i - 1) using 1:@Column@ with lines title word(labels, i)

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("events", "0005_organising")]

    operations = [
        migrations.AddField(
            model_name='photo',
            name='plea',
            field=models.TextField(blank=True, verbose_name='чому прибрати'),
        ),
        migrations.AddField(
            model_name='photo',
            name='plea_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='photo',
            name='plea_email',
            field=models.EmailField(blank=True, max_length=254, verbose_name='куди відповісти'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('heads__isnull', False)), fields=['programme', 'oblast', 'hromada', 'organisation', 'campaign', 'state', 'heads'], name='event_counted'),
        ),
        migrations.AddIndex(
            model_name='photo',
            index=models.Index(condition=models.Q(('plea_at__isnull', False)), fields=['plea_at'], name='event_photo_pleas'),
        ),
    ]
